import { Id, longText, Text } from '../fields.dto';

export class MergeBody {
  /** The record that goes on. */
  @Id()
  intoCaseId!: string;

  /** Why the two are the same resident's; kept with the record that ends. */
  @Text(longText)
  reason!: string;
}
