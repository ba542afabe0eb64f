/** A database in which `act` comes between its first write and its second: another press, say, or (where it throws) a death. */
export function betweenWrites<Database extends { $write: (work: never) => Promise<unknown> }>(
  db: Database,
  act: () => unknown,
): Database {
  let writes = 0;
  return Object.create(db, {
    $write: {
      async value(work: never) {
        writes++;
        if (writes === 2) await act();
        return db.$write(work);
      },
    },
  });
}
