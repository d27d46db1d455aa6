const named = (alias: string) => `case when ${alias}.id is not null then jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;

/** The structures of a title, as `Named` or null; `n` is the notification. */
export const titleColumns = `${named('f')} as "from", ${named('t')} as "to", ${named('s')} as actor`;
export const titleJoins = `left join structure f on f.id = n.from_structure_id left join structure t on t.id = n.to_structure_id
    left join structure s on s.id = n.actor_structure_id`;
