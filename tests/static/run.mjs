// Bundles every tests/static/**/*.test.ts(x) with esbuild and runs it under node:test.
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
// Inside node_modules, so that packages left outside the bundle are found from there.
const outdir = join(here, "..", "..", "node_modules", ".cache", "entaku-tests");

const wanted = process.argv.slice(2);
const entryPoints = (await readdir(here, { recursive: true }))
  .filter((name) => /\.test\.tsx?$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort()
  .map((name) => join(here, name));

if (entryPoints.length === 0) {
  process.stderr.write(`no tests in tests/static${wanted.length ? ` named ${wanted}` : ""}\n`);
  process.exit(wanted.length ? 1 : 0);
}

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints,
  outdir,
  outbase: here,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  jsx: "automatic",
  jsxImportSource: "preact",
  sourcemap: "inline",
  metafile: true,
  logLevel: "warning",
});
const files = Object.entries(metafile.outputs)
  .filter(([, output]) => output.entryPoint !== undefined)
  .map(([path]) => join(here, path));

process.env.NODE_OPTIONS = "--enable-source-maps"; // for the processes the tests run in
const results = run({ files, concurrency: true });
results.on("test:fail", () => {
  process.exitCode = 1;
});
results.compose(new spec()).pipe(process.stdout);
