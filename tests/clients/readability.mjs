// What Mozilla's Readability keeps of each page: {file: text}. Arguments: files, one a page.
import { readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";

const kept = {};
for (const file of process.argv.slice(2)) {
  const dom = new JSDOM(readFileSync(file, "utf8"), { url: "https://explainer.example/", virtualConsole: new VirtualConsole() });
  const article = new Readability(dom.window.document).parse();
  kept[file] = article ? article.textContent : "";
  dom.window.close();
}
console.log(JSON.stringify(kept));
