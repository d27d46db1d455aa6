// `node -r ./test/typescript.cjs <file>.ts` runs what is no spec and no part of the product, compiled in memory by what jest compiles specs with.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '..');
const config = require('../swc.config.cjs');

require.extensions['.ts'] = (module, filename) =>
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...config, filename, swcrc: false }).code, filename);

const found = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const library = /^@fil-rouge\/([^/]+)$/.exec(request)?.[1];
  return found.call(this, library ? join(root, 'libs', library, 'src', 'index.ts') : request, ...rest);
};
