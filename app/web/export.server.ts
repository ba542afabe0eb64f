import type { AppLoadContext } from "@remix-run/node";
import { type CsvCell, csvLine, csvStart } from "~/features/csv";
import { DomainError } from "~/features/domain-error";
import type { Json } from "~/features/json-column";

type ExportFormat = "csv" | "json";

type ExportList<Item> = {
  columns: readonly string[];
  /** Pages are never empty. */
  pages: AsyncGenerator<Item[]>;
  /** A value for each column. */
  toRow(item: Item): Record<string, Json>;
};

/**
 * What an address asks for by its last part: one of `lists`, and the format. "findings.csv" is findings as CSV.
 * @throws DomainError "not-found" for anything else
 */
export function exportOf<List extends string>(
  file: string | undefined,
  lists: readonly List[],
): { list: List; format: ExportFormat } {
  for (const list of lists) {
    if (file === `${list}.csv`) return { list, format: "csv" };
    if (file === `${list}.json`) return { list, format: "json" };
  }
  throw new DomainError("not-found", "Exports come as CSV or JSON only.");
}

/**
 * Sends a list as a file, page by page as the browser takes it, however long it is: CSV with a header that
 * Excel reads as UTF-8, or one JSON array. An error on the way breaks the download off, so that a part never looks like the whole.
 * Its first page is read before the answer begins: what the list refuses is said with a status.
 * @param file.name what it holds; the day (UTC) is added: "run-12-items" becomes run-12-items-2026-11-20.csv
 */
export async function exportResponse<Item>(
  { ports, whenTaken }: Pick<AppLoadContext, "ports" | "whenTaken">,
  file: { name: string; format: ExportFormat },
  list: ExportList<Item>,
): Promise<Response> {
  const day = ports.clock.now().toISOString().slice(0, 10);
  const begun = { ...list, pages: beginWith(await list.pages.next(), list.pages) };
  const parts = file.format === "csv" ? toCsv(begun) : toJson(begun);
  const encoder = new TextEncoder();
  const stop = async () => {
    await parts.return();
    // What nobody has asked for yet has not begun, and does not end what it reads from.
    await list.pages.return(undefined);
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!(await whenTaken())) {
        await stop();
        return controller.close();
      }
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: {
      "Content-Type": file.format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${file.name}-${day}.${file.format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}

async function* beginWith<Page>(first: IteratorResult<Page>, others: AsyncGenerator<Page>): AsyncGenerator<Page> {
  if (first.done) return;
  yield first.value;
  yield* others;
}

async function* toCsv<Item>({ columns, pages, toRow }: ExportList<Item>): AsyncGenerator<string, void> {
  yield csvStart + csvLine(columns);
  for await (const page of pages) {
    yield page
      .map(toRow)
      .map((row) => csvLine(columns.map((column) => toCell(row[column] ?? null))))
      .join("");
  }
}

const toCell = (value: Json): CsvCell => (typeof value === "object" && value !== null ? JSON.stringify(value) : value);

async function* toJson<Item>({ pages, toRow }: ExportList<Item>): AsyncGenerator<string, void> {
  yield "[";
  let separator = "\n";
  for await (const page of pages) {
    yield separator + page.map((item) => JSON.stringify(toRow(item))).join(",\n");
    separator = ",\n";
  }
  yield "\n]\n";
}
