import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mistake in a migration is corrected by another one: what people have written since would be lost with a step back. */
export abstract class ForwardOnly implements MigrationInterface {
  abstract up(runner: QueryRunner): Promise<void>;

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
