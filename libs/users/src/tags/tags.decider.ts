/** What its managers say of the labels of a structure. Pure. */
import { foldName, forbidden, invalid, stale, type Context, type Decided, type Uuid } from '@fil-rouge/kernel';
import type { StructureState } from '../structure/structure';
import type { TagsEventData } from './tags';

export interface TagsInput {
  /** One with an id is there already, and may be called otherwise; one without is new. */
  readonly tags: readonly { readonly id?: Uuid; readonly name: string }[];
  readonly ifMatch?: number;
}

/** Replaces all of them. The same again changes nothing. @param id the structure's own id */
export function changeTags(id: Uuid, state: StructureState, { tags, ifMatch }: TagsInput, context: Context): Decided[] {
  const { actor } = context;
  if (actor.role !== 'manager' || actor.structureId !== id)
    throw forbidden('Only a manager of this structure says which labels it uses.');
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  const present = state.tags ?? [];
  tags.forEach((tag, at) => {
    if (tag.id !== undefined && !present.some((known) => known.id === tag.id))
      throw invalid(`/tags/${at}/id`, 'unknown', 'This label is not there any more. Read them anew.');
    const same = tags.findIndex(
      (other) => foldName(other.name) === foldName(tag.name) || (tag.id !== undefined && other.id === tag.id),
    );
    if (same !== at) throw invalid(`/tags/${at}/name`, 'twice', 'Each label stands there once.');
  });
  const data: TagsEventData['TagsChanged'] = {
    tags: tags.map(({ id: known, name }) => ({ id: known ?? context.newId(), name })),
  };
  return JSON.stringify(data.tags) === JSON.stringify(present) ? [] : [{ type: 'TagsChanged', data }];
}
