// Bundles the pages' scripts and styles into static/dist, named by content, and lists them in manifest.json.
//
// node static/build.mjs          what the product serves: minified, no source maps
// node static/build.mjs --dev    readable, with source maps
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const dev = process.argv.includes("--dev");

async function filesIn(folder, pattern) {
  const names = await readdir(folder).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => pattern.test(name)).sort().map((name) => join(folder, name));
}

/** How a template asks for the file: `room` for a script, `app.css` for a style sheet. */
function keyOf(entry) {
  const { name, ext } = parse(entry);
  return ext === ".css" ? `${name}.css` : name;
}

const entryPoints = [
  ...(await filesIn(join(here, "src", "entries"), /(?<!\.d)\.tsx?$/)),
  ...(await filesIn(join(here, "css"), /^app\.css$/)),
];
const keys = entryPoints.map(keyOf);
const twice = keys.find((key, at) => keys.indexOf(key) !== at);
if (twice !== undefined) throw new Error(`two entries are called ${twice}`);

const { metafile, outputFiles } = await build({
  absWorkingDir: dirname(here),
  entryPoints,
  outdir: dist,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: false,
  format: "iife",
  platform: "browser",
  target: ["edge109", "chrome109", "firefox115", "safari16"],
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "utf8",
  minify: !dev,
  sourcemap: dev ? "linked" : false,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});

const manifest = {};
for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint !== undefined && !output.endsWith(".map")) manifest[keyOf(entryPoint)] = basename(output);
}

await mkdir(dist, { recursive: true });
for (const file of outputFiles) await writeFile(file.path, file.contents);
// A server may be reading: the list changes in one step, and what it named before goes last.
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(dist, "manifest.new"), `${JSON.stringify(sorted, null, 2)}\n`);
await rename(join(dist, "manifest.new"), join(dist, "manifest.json"));
const kept = new Set(["manifest.json", ...outputFiles.map((file) => basename(file.path))]);
for (const name of await readdir(dist)) if (!kept.has(name)) await rm(join(dist, name), { recursive: true });
