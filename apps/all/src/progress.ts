/** On one line of a terminal, in place of what stood there; a log or a mail of cron's gets none of it. */
export function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`);
}
