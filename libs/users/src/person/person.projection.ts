/** A person's rows as data: account (without the password, which no event knows), employments, invitations. Pure. */
import { foldName, pieceOf, type Change, type RecordEvent } from '@fil-rouge/kernel';
import { isPersonEvent, type Employment, type PersonIdentity, type PersonRecord } from './person';

export interface EmploymentRow {
  id: string;
  /** The person's record; equal to `user_id`. */
  case_id: string;
  user_id: string;
  structure_id: string;
  role: string;
  from_date: string;
  until_date: string | null;
  ended: boolean;
  placed_at: string | null;
  territory: string[] | null;
}

export function projectPerson(_before: PersonRecord, { person }: PersonRecord, event: RecordEvent): Change[] {
  if (!isPersonEvent(event)) return [];
  switch (event.type) {
    case 'AccountCreated':
    case 'NameCorrected':
    case 'EmailChanged': {
      const { name, email } = pieceOf(event, 'identity') as PersonIdentity;
      return [
        {
          call: 'put_account_of_person',
          rows: [{ id: event.stream, name, search_name: foldName(name), email, created_at: event.at }],
        },
      ];
    }
    case 'EmploymentStarted':
    case 'EmploymentEnded': {
      const { employmentId } = event.data;
      const employment = person.employments.find(({ id }) => id === employmentId);
      return employment ? [{ call: 'put_employment', rows: [employmentRow(event.stream, employment)] }] : [];
    }
    case 'PersonInvited': {
      const { invitationId, accountId, expiresAt } = event.data;
      return [
        {
          call: 'put_invitation_of_person',
          rows: [{ id: invitationId, user_id: accountId, created_at: event.at, expires_at: expiresAt }],
        },
      ];
    }
    case 'PasswordForgotten': {
      const { resetId, accountId, expiresAt } = event.data;
      return [
        {
          call: 'put_invitation_of_person',
          rows: [{ id: resetId, user_id: accountId, created_at: event.at, expires_at: expiresAt }],
        },
      ];
    }
    case 'EmailChangeAsked': {
      const { changeId, accountId } = event.data;
      const { email, before } = pieceOf(event, 'profile') as { email: string; before: string };
      return [
        {
          call: 'put_email_change_of_person',
          rows: [{ id: changeId, user_id: accountId, old_email: before, new_email: email, created_at: event.at }],
        },
      ];
    }
    case 'SecondFactorReset':
      return [{ call: 'erase_second_factor', rows: [{ userId: event.stream, at: event.at }] }];
    case 'EmploymentLapsed':
    case 'UnusualOpenings':
      return [];
  }
}

const employmentRow = (
  userId: string,
  { id, structureId, role, from, until, ended, placedAt, territory }: Employment,
): EmploymentRow => ({
  id,
  case_id: userId,
  user_id: userId,
  structure_id: structureId,
  role,
  from_date: from,
  until_date: until,
  ended,
  placed_at: placedAt,
  territory,
});
