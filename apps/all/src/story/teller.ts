/** Where the story is written: `process.stdout`, or anything that collects text. */
export interface Out {
  write(text: string): unknown;
  isTTY?: boolean;
}

const WIDTH = 100;
const styles = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 } as const;
type Style = keyof typeof styles;

/** Tells the story as it happens and remembers whether everything in it was as it should be. */
export class Teller {
  private steps = 0;
  private checks = 0;
  private wrong = 0;

  constructor(private readonly out: Out) {}

  get ok(): boolean {
    return this.wrong === 0;
  }

  title(text: string): void {
    this.line();
    this.line(this.paint(text, 'bold'));
    this.line(this.paint('═'.repeat(text.length), 'dim'));
  }

  heading(text: string): void {
    this.line();
    this.line(this.paint(text, 'bold', 'cyan'));
  }

  /** Somebody does something; numbered through the whole story. */
  step(text: string): void {
    this.steps += 1;
    this.paragraph(`${String(this.steps).padStart(3)}. `, text);
  }

  /** What follows from the step before: an answer on a screen, a message in an inbox. */
  note(text: string): void {
    this.paragraph('       ', text, 'dim');
  }

  /** `text` says what must be true; `found` says what was there instead and is only told when it is not. */
  check(holds: boolean, text: string, found?: unknown): void {
    this.checks += 1;
    if (holds) return this.paragraph('     ✓ ', text, 'green');
    this.wrong += 1;
    this.paragraph('     ✗ ', `ANOMALIE — il fallait : ${text}`, 'red');
    if (found !== undefined)
      this.paragraph('       ', `constaté : ${typeof found === 'string' ? found : JSON.stringify(found)}`, 'red');
  }

  /** The story cannot go on. */
  failure(error: unknown): void {
    this.wrong += 1;
    this.line();
    this.paragraph(
      '  ✗ ',
      `L'histoire s'arrête ici : ${error instanceof Error ? error.message : String(error)}`,
      'red',
    );
  }

  /** Columns as wide as their widest cell; the last one is wrapped. A row of one cell goes below, over the whole width. */
  table(rows: readonly (readonly string[])[]): void {
    const columns = Math.max(1, ...rows.map((row) => row.length)) - 1;
    const widths = Array.from({ length: columns }, (_, column) =>
      Math.max(...rows.map((row) => (row.length === 1 ? 0 : (row[column]?.length ?? 0)))),
    );
    for (const row of rows) {
      if (row.length === 1) this.paragraph('       ', row[0] ?? '', 'dim');
      else
        this.paragraph(
          `  ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join('  ')}  `,
          row.at(-1) ?? '',
        );
    }
  }

  verdict(): void {
    this.line();
    const sure = `${this.checks} vérifications, chacun a vu exactement ce qu'il avait le droit de voir.`;
    this.line(
      this.ok
        ? this.paint(`✓ ${sure}`, 'bold', 'green')
        : this.paint(
            `✗ ${this.wrong} anomalie${this.wrong > 1 ? 's' : ''} sur ${this.checks} vérifications.`,
            'bold',
            'red',
          ),
    );
    this.line();
  }

  line(text = ''): void {
    this.out.write(`${text.replace(/(?<=\p{L})'(?=\p{L})/gu, '’')}\n`);
  }

  /** Words wrapped at WIDTH under a hanging first column. */
  private paragraph(first: string, text: string, ...style: Style[]): void {
    const room = Math.max(30, WIDTH - first.length);
    const lines: string[] = [];
    for (const word of unbroken(text).split(/[ \n]+/)) {
      const last = lines.at(-1);
      if (last === undefined || last.length + word.length + 1 > room) lines.push(word);
      else lines[lines.length - 1] = `${last} ${word}`;
    }
    lines.forEach((line, index) =>
      this.line(this.paint(`${index === 0 ? first : ' '.repeat(first.length)}${line}`, ...style)),
    );
  }

  private paint(text: string, ...style: Style[]): string {
    if (this.out.isTTY !== true || style.length === 0) return text;
    return `\u001b[${style.map((name) => styles[name]).join(';')}m${text}\u001b[0m`;
  }
}

/** French puts a space before these signs; a line must not break there. */
function unbroken(text: string): string {
  return text.replace(/ (?=[:;!?»])/g, '\u00a0').replace(/« /g, '«\u00a0');
}
