export class CodeResponse {
  /** What stands in requests and answers. */
  code!: string;
  /** What a person reads, in French. */
  label!: string;
  /** Of a theme: the one it details, without which it is not taken. */
  parent?: string;
}

export class VocabularyResponse {
  /**
   * As the member is called that holds its codes, in the plural.
   * @example declineReasons
   */
  name!: string;
  /** Another one whenever a code or a label of this list is. */
  version!: string;
  /** In the order in which they are offered. */
  codes!: CodeResponse[];
}

export class VocabulariesResponse {
  /** Another one whenever that of a list is. */
  version!: string;
  items!: VocabularyResponse[];
}
