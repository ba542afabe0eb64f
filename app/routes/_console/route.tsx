import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useMatches } from "@remix-run/react";
import { useState } from "react";
import { ImageActionsProvider } from "~/components/actions/image-actions-provider";
import { crumbsOf } from "~/components/console-handle";
import { RoleProvider } from "~/components/operator";
import { themeFromCookie } from "~/components/theme";
import { DialogNote, Drawer } from "~/components/ui/dialog";
import { readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { localStandIns } from "~/ports/env.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { ConnectionNote, ConnectionNoteInDialog } from "./connection-note";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";
import { useAllPages } from "./use-all-pages";
import { useWorkInProgress } from "./use-work-in-progress";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { name, email, role } = await requireOperator({ request, context }, "viewer");
  return {
    operator: { name, email, role },
    standIns: localStandIns(context.env),
    theme: themeFromCookie(request.headers.get("Cookie")),
    work: { ...(await readWorkInProgress(context.ports)), asOf: context.ports.clock.now() },
  };
}

export default function Console() {
  const { operator, standIns, theme, work: loadedWork } = useLoaderData<typeof loader>();
  const crumbs = crumbsOf(useMatches());
  const work = useWorkInProgress(loadedWork);
  useAllPages();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  return (
    <RoleProvider value={operator.role}>
      <ImageActionsProvider role={operator.role}>
        <a
          href="#content"
          className="float-panel sr-only z-50 font-medium focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-4 focus:py-3"
        >
          Skip to content
        </a>
        <aside className="fixed inset-y-0 left-0 z-30 w-14 border-r border-line bg-surface max-sm:hidden lg:w-[220px]">
          <Rail work={work} />
        </aside>
        <Drawer title="Navigation" open={isDrawerOpen} onOpenChange={setDrawerOpen}>
          <Rail work={work} isWide onNavigate={() => setDrawerOpen(false)} />
        </Drawer>
        <ConnectionNote />
        <div className="flex min-h-dvh flex-col sm:pl-14 lg:pl-[220px]">
          <TopBar
            crumbs={crumbs}
            standIns={standIns}
            operator={operator}
            theme={theme}
            onOpenNavigation={() => setDrawerOpen(true)}
          />
          <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
            <noscript>
              <p className="border-b border-line bg-surface px-4 py-2.5 text-sm sm:px-6">
                JavaScript is off in this browser. Pages can be read and forms sent; counts, dialogs, selecting images
                and reviewing need it.
              </p>
            </noscript>
            <DialogNote.Provider value={<ConnectionNoteInDialog />}>
              <Outlet />
            </DialogNote.Provider>
          </main>
        </div>
      </ImageActionsProvider>
    </RoleProvider>
  );
}
