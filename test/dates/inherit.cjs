// Required into every Node of a run with a moved date (NODE_OPTIONS): what it starts with an environment of its own lives on that date all the same.
const { ChildProcess } = require('node:child_process');

const inherited = ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'NO_FAKE_STAT', 'NODE_OPTIONS'];
const { spawn } = ChildProcess.prototype;

ChildProcess.prototype.spawn = function (options) {
  const given = new Set(options.envPairs.map((pair) => pair.slice(0, pair.indexOf('='))));
  const missing = inherited.filter((name) => process.env[name] !== undefined && !given.has(name));
  options.envPairs.push(...missing.map((name) => `${name}=${process.env[name]}`));
  return spawn.call(this, options);
};
