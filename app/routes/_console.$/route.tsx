import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Not found") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Not found" }] };

/** Any address that is no page: said within the console, so that the way on is at hand. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<never> {
  await requireOperator({ request, context }, "viewer");
  throw new DomainError("not-found", `There is no page ${quote(new URL(request.url).pathname)}.`);
}

export default function NoPage() {
  return null;
}
