import pino, { type DestinationStream, type Logger } from 'pino';
import type { LoggerService } from '@nestjs/common';

/**
 * JSON lines on standard error (standard output belongs to what a person reads). Only ids, codes and durations are logged: no body, no name, no
 * e-mail, no query string, no header. The redaction below is the last line, not the first.
 */
export abstract class Log {
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

/** @param destination standard error when absent */
export const openLog = (
  level: string,
  process: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: false }),
): Logger =>
  pino(
    {
      level,
      base: { process },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['*.authorization', '*.password', '*.token', '*.email', '*.name'], remove: true },
    },
    destination,
  );

/** Nest's own messages on the same lines; the chatter of its start only at level debug. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, context?: unknown) => logger.debug({ context }, String(message)),
  debug: (message: unknown, context?: unknown) => logger.debug({ context }, String(message)),
  verbose: (message: unknown, context?: unknown) => logger.trace({ context }, String(message)),
  warn: (message: unknown, context?: unknown) => logger.warn({ context }, String(message)),
  error: (message: unknown, ...rest: unknown[]) =>
    logger.error(
      { context: rest.at(-1) },
      message instanceof Error ? `${message.name}: ${message.message}` : String(message),
    ),
  fatal: (message: unknown, context?: unknown) => logger.fatal({ context }, String(message)),
});
