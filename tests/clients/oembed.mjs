// What two readers of oEmbed make of a page: node oembed.mjs ADDRESS
import { extract, setProviderList } from "@extractus/oembed-extractor";
import { unfurl } from "unfurl.js";

const address = process.argv[2];
setProviderList([]);
const found = {};
for (const [name, read] of [["extractor", () => extract(address)], ["unfurl", async () => (await unfurl(address)).oEmbed ?? null]]) {
  try {
    found[name] = await read();
  } catch (error) {
    found[name] = { failed: String(error) };
  }
}
console.log(JSON.stringify(found));
