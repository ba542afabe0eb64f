import { useSearchParams } from "@remix-run/react";
import { Images, SearchX } from "lucide-react";
import { useHasRole } from "~/components/operator";
import { StartRunForm } from "~/components/runs/start-run-form";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import { type ImageQuery, namesImages } from "~/features/images/query/image-query";
import { toImageList } from "~/web/image-list";

/**
 * What stands in the place of an empty list, and the way on.
 * @param props.isWithin the address names a place in the list, which may well have images before it
 */
export const NoImages = ({ query, isWithin }: { query: ImageQuery; isWithin: boolean }) => (
  <Panel isPadded={false}>
    {isWithin ? <NoneFromHere query={query} /> : namesImages(query) ? <NoneMatches /> : <NoneIndexed />}
  </Panel>
);

function NoneFromHere({ query }: { query: ImageQuery }) {
  const [params] = useSearchParams();
  const toFirst = <ButtonLink to={toImageList(query, params)}>Go to the first images</ButtonLink>;
  return (
    <EmptyState icon={SearchX} title="No images from here on" action={toFirst}>
      <p>The list ends before the place in this address. Images may have left the list since.</p>
    </EmptyState>
  );
}

const NoneMatches = () => (
  <EmptyState icon={SearchX} title="No image matches" action={<ButtonLink to="/images">Show all images</ButtonLink>}>
    <p>Remove a filter, or search for fewer words.</p>
  </EmptyState>
);

function NoneIndexed() {
  const canAct = useHasRole("operator");
  const ways = (
    <>
      <StartRunForm kind="index-images" returnTo="/images">
        Index images
      </StartRunForm>
      {canAct && <ButtonLink to="/ingest">Ingest images</ButtonLink>}
    </>
  );
  return (
    <EmptyState icon={Images} title="No images yet" action={ways}>
      <p>Images appear here once the bucket has been indexed, or some have been ingested.</p>
    </EmptyState>
  );
}
