/** The labels by which a structure sorts its own sessions. Pure. Nothing in one is about a person: it stands in clear, for its own people alone. */
import type { Uuid } from '@fil-rouge/kernel';

export type Tag = { id: Uuid; name: string };

/** With each decision about the structure all of them are read. */
export const mostTags = 30;

export type TagsEventData = {
  /** All of them, in the order in which they are shown. What is not among them any more is shown nowhere. */
  TagsChanged: { tags: Tag[] };
};

export const tagsWrites: Readonly<Record<keyof TagsEventData, number>> = { TagsChanged: 1 };

export interface TagsRow {
  /** The structure's. */
  id: Uuid;
  case_id: Uuid;
  tags: Tag[];
}
