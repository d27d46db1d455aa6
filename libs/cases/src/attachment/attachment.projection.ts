/** A row per file, as long as it is there. Pure. */
import type { Change, RecordEvent } from '@fil-rouge/kernel';
import { isCaseEvent } from '../case/case';
import { isAttachmentEvent, type AttachmentRow } from './attachment';

export function projectAttachment(event: RecordEvent): Change[] {
  if (isCaseEvent(event))
    return event.type === 'CaseErased' ? [{ call: 'erase_attachment_parts', rows: [{ case_id: event.stream }] }] : [];
  if (!isAttachmentEvent(event)) return [];
  switch (event.type) {
    case 'SessionFileRemoved':
    case 'ReferralFileRemoved':
      return [{ call: 'erase_attachment', rows: [{ id: event.data.attachmentId }] }];
    default: {
      const { attachmentId: id, media, bytes, parts, sha256 } = event.data;
      const row: AttachmentRow = {
        ...{ id, media, bytes, parts, sha256 },
        case_id: event.stream,
        entry_id: event.about!,
        shared_by: event.type === 'ReferralFileAttached' ? event.about : null,
        structure_id: event.structure!,
        author_id: event.actor,
        event_id: event.id,
        seq: event.seq,
        added_at: event.at,
      };
      return [
        { call: 'put_attachment', rows: [row] },
        { call: 'put_attached_parts', rows: [{ id }] },
      ];
    }
  }
}
