import { accountStatusValues, roleValues, type AccountStatus, type Role } from '@fil-rouge/kernel';
import { AnyOf, Code, Day, Email, Id, Name, Optional, OptionalLine, PageQuery, Text } from '@fil-rouge/platform';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { NamedId } from '../sign-in/auth.dto';
import { IsCommune, IsEpci } from '../network/commune.validator';
import { epciName } from '../network/communes.service';
import type { AccountRow, EmploymentSummaryRow, PersonInStructureRow, PersonRow } from './people.queries';
import { foldEmail } from '../sign-in/sign-in.service';

export class StartEmploymentRequest {
  /** Who employs the person. */
  @Id()
  structureId!: string;

  @IsIn(roleValues)
  role!: Role;

  /** First day; today when absent. */
  @Optional()
  @Day()
  from?: string;

  /** Last day, included; absent: until further notice. */
  @Optional()
  @Day()
  until?: string;

  /** SIREN of the EPCI where a counsellor works for this employer. Gives that EPCI no access. */
  @Optional()
  @IsEpci()
  placedAt?: string;

  /** INSEE codes of the communes a coordinator watches over; absent: the whole network. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(1500)
  @IsCommune({ each: true })
  territory?: string[];
}

export class InvitePersonRequest extends StartEmploymentRequest {
  @Name(200)
  name!: string;

  /** Where the invitation is sent; with it the person signs in. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? foldEmail(value) : value))
  @Email()
  email!: string;
}

export class EndEmploymentRequest {
  /** Last day, included. Absent or not in the future: the rights end at once. */
  @Optional()
  @Day()
  until?: string;

  @Optional()
  @Text(2000)
  reason?: string;
}

export class CorrectNameRequest {
  @Name(200)
  name!: string;
}

export class PeopleQuery extends PageQuery {
  /** Roles, separated by commas. */
  @AnyOf(roleValues)
  role?: Role[];
}

export class AccountsQuery extends PageQuery {
  /** Words of the name, in any order, with or without accents, or the beginning of the e-mail address; the beginning of a word is enough. */
  @Optional()
  @OptionalLine(254)
  q?: string;

  /** Who employs, or has employed. A manager's own structure, whether or not it is named. */
  @Optional()
  @Id()
  structureId?: string;

  /** Roles, separated by commas. */
  @AnyOf(roleValues)
  role?: Role[];

  /** `invited`: has chosen no password yet; `active`; `left`: works there no longer. In the structure and the role that are asked for, if any. */
  @AnyOf(accountStatusValues)
  status?: AccountStatus[];
}

export class Placement {
  siren!: string;
  name!: string;

  static from(siren: string): Placement {
    return { siren, name: epciName(siren) ?? siren };
  }
}

/** Both days included. */
export class AbsenceOfPerson {
  id!: string;
  from!: string;
  until!: string;
  /** Who takes over. */
  deputy!: NamedId | null;
}

export class PersonInStructure extends NamedId {
  @Code(roleValues)
  role!: string;
  employmentId!: string;
  from!: string;
  until?: string;

  /** The EPCI where a placed counsellor works. */
  placedAt?: Placement;

  /** Away today, or the next time. */
  absence?: AbsenceOfPerson;

  static from(row: PersonInStructureRow): PersonInStructure {
    return {
      id: row.id,
      name: row.name,
      role: row.role,
      employmentId: row.employment_id,
      from: row.from_date,
      ...(row.until_date === null ? {} : { until: row.until_date }),
      ...(row.placed_at === null ? {} : { placedAt: Placement.from(row.placed_at) }),
      ...(row.absence === null ? {} : { absence: row.absence }),
    };
  }
}

export class PeoplePage {
  items!: PersonInStructure[];
  nextCursor!: string | null;
}

export class EmploymentResponse {
  id!: string;
  structure!: NamedId;
  @Code(roleValues)
  role!: string;
  from!: string;

  /** Last day, included. */
  until?: string;

  /** Ended at once: no right was left for the rest of its last day. */
  ended!: boolean;

  placedAt?: Placement;

  /** Communes a coordinator watches over; absent: the whole network, or another role. */
  territory?: string[];
  territoryNames?: string[];

  static from(row: EmploymentSummaryRow): EmploymentResponse {
    return {
      id: row.employment_id,
      structure: { id: row.structure_id, name: row.structure_name },
      role: row.role,
      from: row.from_date,
      ...(row.until_date === null ? {} : { until: row.until_date }),
      ended: row.ended,
      ...(row.placed_at === null ? {} : { placedAt: Placement.from(row.placed_at) }),
      ...(row.territory === null ? {} : { territory: row.territory }),
    };
  }
}

export class UserResponse extends NamedId {
  email!: string;

  /** Those the reader may see, latest first. */
  employments!: EmploymentResponse[];

  static from(row: PersonRow): UserResponse {
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      employments: row.employments.map((employment) => EmploymentResponse.from(employment)),
    };
  }
}

export class AccountResponse extends UserResponse {
  @Code(accountStatusValues)
  status!: string;

  static override from(row: AccountRow): AccountResponse {
    return { ...UserResponse.from(row), status: row.status };
  }
}

export class AccountsPage {
  items!: AccountResponse[];
  nextCursor!: string | null;
}
