import { Code, Name } from '@fil-rouge/platform';
import { NamedId } from '../sign-in/auth.dto';
import type { LookalikeRow } from './structures.queries';

export class RenameStructureRequest {
  /** What it is called from now on. A name that was mistyped is corrected instead. */
  @Name(200)
  name!: string;
}

export class FormerNameResponse {
  name!: string;
  /** When it was renamed. */
  until!: string;
}

/** A structure that this one may be mistaken for, or be. Nothing is refused for it: branches may share a SIRET, and towns a name. */
export class StructureWarning {
  /**
   * `same-siret`, or `same-name`: it reads the same, whatever the capitals, accents, spaces and alphabet. `mixed-alphabets`: a word of this structure's own name has
   * letters of two alphabets, which nobody sees.
   */
  @Code(['same-siret', 'same-name', 'mixed-alphabets'])
  code!: string;
  structure!: NamedId;

  static from({ id, name, code }: LookalikeRow): StructureWarning {
    return { code, structure: { id, name } };
  }
}
