import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { TextLink } from "~/components/ui/text-link";
import { plural } from "~/features/format";

/** How many images a query finds, all of them counted, and the way to them. */
export function ImageCount({ address }: { address: string }) {
  const { load, data } = useFetcher<{ address: string; count: number }>();
  useEffect(() => load(`/image-counts?${address}`), [load, address]);
  const counted = data?.address === address ? data.count : null;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-3">
      <span role="status" className="font-medium text-ink tabular-nums">
        {counted === null ? "Counting …" : plural(counted, "image")}
      </span>
      <TextLink to={`/images?${address}`}>See them</TextLink>
    </span>
  );
}
