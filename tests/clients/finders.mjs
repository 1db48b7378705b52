// node finders.mjs PAGE CHART: the feeds that are found from a page, and the answer for a chart's page that an oEmbed consumer finds.
import rssFinder from "rss-finder";
import { extract } from "@extractus/oembed-extractor";

const [page, chart] = process.argv.slice(2);
const feeds = (await rssFinder(page)).feedUrls.map((feed) => feed.url);
console.log(JSON.stringify({ feeds, oembed: await extract(chart).catch(() => null) }));
