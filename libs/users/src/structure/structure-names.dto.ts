import { Name, Optional, Text } from '@fil-rouge/platform';

export class RenameStructureRequest {
  /** What it is called from now on. A name that was mistyped is corrected instead. */
  @Name(200)
  name!: string;

  @Optional()
  @Text(2000)
  reason?: string;
}

export class FormerNameResponse {
  name!: string;
  /** When it was renamed. */
  until!: string;
}
