const named = (alias: string) =>
  `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;

/** The structures and colleagues of a title, as `Named` or null; `n` is the notification. */
export const titleColumns = `${named('f')} as "from", ${named('t')} as "to", ${named('s')} as actor, ${named('p')} as person, ${named('b')} as author`;
export const titleJoins = `left join structure f on f.id = n.from_structure_id left join structure t on t.id = n.to_structure_id
    left join structure s on s.id = n.actor_structure_id left join account p on p.id = n.person_id left join account b on b.id = n.author_id`;
