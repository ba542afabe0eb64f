import { createContext, type ReactNode, useContext } from "react";
import { useHasRole } from "~/components/operator";
import type { ActionScope } from "~/features/attribute-groups/actions/action-scope";

const ScopeContext = createContext<ActionScope | null>(null);

/** The root whose groups the forms below act on. */
export function ActionScopeProvider({ scope, children }: { scope: ActionScope; children: ReactNode }) {
  return <ScopeContext.Provider value={scope}>{children}</ScopeContext.Provider>;
}

export function useActionScope(): ActionScope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error("A form of a group action stands outside of an ActionScopeProvider.");
  return scope;
}

/** Whether to offer actions on groups at all. */
export const useCanAct = () => useHasRole("operator");
