import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData, useNavigate, useSearchParams } from "@remix-run/react";
import { FileQuestion } from "lucide-react";
import { useEffect } from "react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ImageView, Step } from "~/components/images/image-view";
import { KeyName } from "~/components/key-text";
import { isKeyTaken } from "~/components/keyboard";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { readImagePage } from "~/features/image-page/read-image-page.server";
import { baseName } from "~/features/images/key-layout";
import { jobKinds } from "~/features/job-kinds.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { visible } from "~/quote";
import { parseImageList } from "~/web/image-list";
import { oldNameAddress } from "~/web/old-name-address";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data?.page ? visible(baseName(data.page.image.key)) : "Images") },
];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [{ label: "Images", to: "/images" }, { label: `Image ${id}` }],
};

/** The page of an image, and what is shown of it beside a list. Its address can carry the list that it is looked at in. */
export async function loader({ request, context, params: { id = "" } }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  // An old file name, as in the links of tickets.
  if (!/^\d{1,15}$/.test(id)) throw redirect(oldNameAddress(id));
  const search = new URL(request.url).searchParams;
  const list = search.size > 0 ? parseImageList(search) : null;
  const schema = await loadLabelSchema();
  const page = await readImagePage(context.ports, { id: Number(id), list, jobs: jobKinds, schema });
  return data({ id: Number(id), page }, { status: page ? 200 : 404 });
}

export default function ImageRoute() {
  const { id, page } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const neighbors = page?.neighbors ?? null;
  const toImage = (other: number | null | undefined) => (other ? `/images/${other}?${params}` : null);
  const [previous, next] = [toImage(neighbors?.previous), toImage(neighbors?.next)];
  useArrowKeys(previous, next);
  const back = <ButtonLink to={`/images?${params}`}>Back to the list</ButtonLink>;
  if (!page) {
    return (
      <EmptyState
        isPage
        icon={FileQuestion}
        title={`There is no image ${id}`}
        action={
          <ButtonLink to="/images" variant="primary">
            Go to Images
          </ButtonLink>
        }
      >
        <p>The address is wrong, or the image was never indexed here.</p>
      </EmptyState>
    );
  }
  return (
    <Page
      title={
        <span className="line-clamp-3">
          <KeyName>{baseName(page.image.key)}</KeyName>
        </span>
      }
      actions={neighbors && back}
    >
      <ImageView
        page={page}
        steps={
          neighbors && {
            previous: previous && <Step direction="previous" to={previous} />,
            next: next && <Step direction="next" to={next} />,
          }
        }
      />
    </Page>
  );
}

/** The arrow keys lead to the images beside this one. */
function useArrowKeys(previous: string | null, next: string | null) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isKeyTaken(event)) return;
      const to = event.key === "ArrowLeft" ? previous : event.key === "ArrowRight" ? next : null;
      if (to) navigate(to, { replace: true });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [navigate, previous, next]);
}
