import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const outDir = join(import.meta.dirname, '../../dist/console');

/** The api sends files as they lie there: each beside itself, made small once. */
const compressed = () => ({
  name: 'compressed',
  closeBundle() {
    for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  // Libraries written for React are given Preact: a third of the first page's weight, and 0.2 s of it on a slow machine (test/console/weight.spec.ts).
  resolve: { alias: { 'react/jsx-runtime': 'preact/jsx-runtime', react: 'preact/compat' } },
  build: {
    outDir,
    emptyOutDir: true,
    // Nothing stands in the page itself: the policy lets no such thing run.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Small things that most pages show are one file: each alone, they were a third of the requests of the first page.
      output: { codeSplitting: { groups: [{ name: 'pieces', test: /\/src\/pieces\/(Empty|When|dates|at-once)\./ }] } },
      // "use client" means something to servers that draw pages; there is none here.
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
    },
  },
  plugins: [compressed()],
});
