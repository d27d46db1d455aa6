import type { Cast } from './cast';
import { open, type Story } from './opening';
import { refer } from './referral';
import { handOver } from './handover';
import { audit } from './audit';
import type { Teller } from './teller';

/** One resident, three structures, one record: opened, shared, worked on, handed over, audited. */
export async function playMainChapter(teller: Teller, cast: Cast): Promise<void> {
  const story: Story = { teller, cast, ...(await open(teller, cast)) };
  await refer(story);
  await handOver(story);
  await audit(story);
}
