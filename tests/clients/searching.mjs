// Asks the search of a site without a browser: node searching.mjs SCRIPT INDEX LANGUAGE WORDS... prints, for each of the words, the
// documents that it finds, best first, each with its place, what is shown of it, and the
// words that its page is to mark.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [script, index, language, ...asked] = process.argv.slice(2);
globalThis.self = globalThis;
globalThis.document = {}; // so that the script waits for nobody's messages
runInThisContext(readFileSync(script, "utf8"));
const data = JSON.parse(readFileSync(index, "utf8"));
self.answerSearch({ type: 0, data: { ...data, language } });
const found = asked.map((words) => self.answerSearch({ type: 2, data: words }).data.items);
console.log(JSON.stringify(found));
