import type { Slice } from '@fil-rouge/kernel';
import type { CaseRecord } from '../case/case';
import { attachmentWrites } from './attachment';
import { projectAttachment } from './attachment.projection';

/** Files joined to what is said on a resident's record. No rule needs to remember them: how much there is, is counted when one is added. */
export const attachmentSlice: Slice<object, CaseRecord> = {
  kind: 'case',
  name: 'attachments',
  version: 1,
  initial: {},
  writes: attachmentWrites,
  evolve: (state) => state,
  project: (_before, _after, event) => projectAttachment(event),
};
