import { AtMost, Id, Name, Optional } from '@fil-rouge/platform';
import { Type } from 'class-transformer';
import { IsArray, ValidateNested } from 'class-validator';
import { mostTags } from './tags';

export class TagBody {
  /** Of one that is there already; absent: it is new. */
  @Optional()
  @Id()
  id?: string;

  /** What it is called; nothing about a person. */
  @Name(40)
  name!: string;
}

/** Replaced as a whole. */
export class TagsBody {
  /** In the order in which they are shown. */
  @IsArray()
  @AtMost(mostTags)
  @ValidateNested({ each: true })
  @Type(() => TagBody)
  tags!: TagBody[];
}

export class TagShown {
  id!: string;
  name!: string;
}

export class TagsResponse {
  /** The structure's. */
  id!: string;
  version!: number;
  tags!: TagShown[];
}
