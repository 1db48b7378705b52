// What Citation.js reads in a file of references: each as a CSL-JSON item.
// node references.mjs FORMAT FILE, where FORMAT is bibtex, biblatex, ris or csl.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const FORMS = { bibtex: "@bibtex/text", biblatex: "@biblatex/text", ris: "@ris/file" };
const [format, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const cite =
  format === "csl" ? new Cite(JSON.parse(text)) : new Cite(text, { forceType: FORMS[format] });
console.log(JSON.stringify(cite.data));
