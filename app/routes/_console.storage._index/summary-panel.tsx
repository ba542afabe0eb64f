import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { type Fact, Facts } from "~/components/ui/facts";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { bytes, count, dayOf, dollars, duration, plural } from "~/features/format";
import type { ElsewhereView, SnapshotView, StorageView } from "~/features/storage-totals/views/read-storage.server";

type SummaryProps = { storage: StorageView; snapshot: SnapshotView };

/** The sums: what there is, what it costs by which prices, and what does not show in a listing. */
export function SummaryPanel({ storage, snapshot }: SummaryProps) {
  const { price, priceProblem, cost, added } = storage;
  const facts: Fact[] = [
    { label: "Size", value: `${bytes(snapshot.bytes)} in ${plural(snapshot.objects, "object")}` },
    { label: "Cost", value: cost ?? "Not known" },
    {
      label: "Growth",
      value: added === null ? "Not known yet" : `${signed(added.bytes)} in ${plural(added.days, "day")}`,
    },
    { label: "Hidden versions", value: <HiddenVersions storage={storage} /> },
    { label: "An article on average", value: describeArticle(snapshot) },
    { label: "Still elsewhere", value: <Elsewhere {...storage.elsewhere} /> },
  ];
  return (
    <Panel title="In all">
      <Facts facts={facts} />
      {priceProblem === null ? (
        <p className="mt-3 text-xs text-muted [overflow-wrap:anywhere]">
          {price
            ? `Prices of ${price.store} from ${dayOf(price.from)}${price.note ? `, ${price.note}` : ""}. Requests, traffic and smallest billed sizes are not counted. Source: ${price.source}${price.caution ? `. ${price.caution}` : ""}`
            : "No price is listed for this store. Name a file with its prices in STORAGE_PRICES_FILE to see costs."}
        </p>
      ) : (
        <p className="mt-3 text-sm [overflow-wrap:anywhere]">
          <Status tone="bad">The prices cannot be read</Status> {priceProblem}
        </p>
      )}
    </Panel>
  );
}

const signed = (value: number) => `${value < 0 ? "−" : "+"}${bytes(Math.abs(value))}`;

function describeArticle({ articles, totals }: SnapshotView): string {
  const each = totals.article.values;
  if (each === 0) return "There are none";
  const parts = [
    plural(Math.round((articles.images / each) * 10) / 10, "image"),
    bytes(articles.bytes / each),
    ...(articles.usd === null ? [] : [`${dollars(articles.usd / each)} a month`]),
    ...(articles.secondsAnImage === null
      ? []
      : [`${duration((articles.secondsAnImage * articles.images) / each)} to bring its images home`]),
  ];
  return `${parts.join(", ")} (of ${count(each)})`;
}

function HiddenVersions({ storage: { hidden, store, isRunning } }: { storage: StorageView }) {
  const canCount = useHasRole("operator");
  const versions = store.abilities?.versions ?? "unknown";
  if (versions === "off") return "This store keeps none";
  return (
    <span id="hidden-versions" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {hidden ? (
        <span>
          {count(hidden.objects)}, {bytes(hidden.bytes)}
          {hidden.usd !== null && `, ${dollars(hidden.usd)} a month`}, as of <Time at={hidden.takenAt} />
        </span>
      ) : (
        <span>
          {versions === "unknown" ? "The store has not told whether it keeps any" : "Kept, and not counted yet"}
        </span>
      )}
      {canCount && !isRunning && (
        <IntentButton intent="count-versions" fields={{}}>
          {hidden ? "Count them again" : "Count them"}
        </IntentButton>
      )}
    </span>
  );
}

/** What generation records name and the bucket lacks, with the way to bring it home. */
function Elsewhere({ images, isWithinReach, isComing }: ElsewhereView) {
  const canPlan = useHasRole("operator");
  if (images === 0) return "Nothing of the generation history";
  const note = isWithinReach
    ? canPlan &&
      (isComing
        ? "Images are being ingested. The next plan waits for that."
        : "Starts a plan; nothing is fetched before you apply it.")
    : "None has an address to fetch it from, or came as data, so there is nothing to bring home.";
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{plural(images, "image")} of the generation history</span>
      {canPlan && isWithinReach && (
        <IntentButton intent="bring-home" isRunning={isComing} leadsAway>
          Bring them home
        </IntentButton>
      )}
      {note && <span className="basis-full text-xs text-muted">{note}</span>}
    </span>
  );
}
