import { ApiProperty } from '@nestjs/swagger';

/** A member of an answer that holds one of these words: the contract says which, so that a client's types do. */
export const Code = (values: readonly string[]) => ApiProperty({ enum: [...values] });

/** The same of a list of them. */
export const Codes = (values: readonly string[]) => ApiProperty({ enum: [...values], isArray: true });
