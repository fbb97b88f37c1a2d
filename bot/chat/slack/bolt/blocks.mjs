// Writes the golden messages as a TypeScript file in which each must be a list of
// Slack's block types. Compiling it finds fields that are missing, misnamed or of
// a wrong kind.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../testdata/", import.meta.url);
const lines = ['import type { KnownBlock } from "@slack/types";'];
let count = 0;
for (const name of readdirSync(folder).filter((n) => n.endsWith(".txtar"))) {
  const parts = readFileSync(new URL(name, folder), "utf8").split(/^-- (.+) --$/m);
  for (let i = 1; i < parts.length; i += 2) {
    if (!parts[i].endsWith(".json")) continue;
    lines.push(`// ${name} ${parts[i]}`, `export const page${count++}: KnownBlock[] = ${parts[i + 1].trim()};`);
  }
}
if (count === 0) throw new Error("no golden messages in testdata");
writeFileSync(new URL("node_modules/blocks.ts", import.meta.url), lines.join("\n") + "\n");
console.log(`${count} golden messages`);
