// node heads.mjs ADDRESS...: what programs that make a card of a link read of each page, and the alternates that a selector finds in it.
import ogs from "open-graph-scraper";
import { unfurl } from "unfurl.js";
import { JSDOM } from "jsdom";
import metascraper from "metascraper";
import author from "metascraper-author";
import date from "metascraper-date";
import description from "metascraper-description";
import image from "metascraper-image";
import lang from "metascraper-lang";
import publisher from "metascraper-publisher";
import title from "metascraper-title";
import url from "metascraper-url";

const scrape = metascraper([author, date, description, image, lang, publisher, title, url].map((rules) => rules()));

async function read(address) {
  const html = await (await fetch(address)).text();
  const { document } = new JSDOM(html, { url: address }).window;
  const alternates = [...document.querySelectorAll('link[rel="alternate"]')].map((link) => ({ type: link.type, language: link.hreflang, address: link.href }));
  const { result } = await ogs({ html });
  return { graph: result, card: await unfurl(address, { oembed: false }), scraped: await scrape({ html, url: address }), alternates };
}

const found = {};
for (const address of process.argv.slice(2)) found[address] = await read(address);
console.log(JSON.stringify(found));
