import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useHasRole } from "~/components/operator";
import { Button } from "~/components/ui/forms/button";

type CommandButtonProps = {
  schedule: { id: string; title: string };
  intent: "run" | "enable" | "disable" | "acknowledge";
  children: ReactNode;
};

/** One command to one schedule, which it names for who does not see the row. */
export function CommandButton({ schedule, intent, children }: CommandButtonProps) {
  const { formData } = useNavigation();
  if (!useHasRole("operator")) return null;
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={schedule.id} />
      <Button
        type="submit"
        name="intent"
        value={intent}
        pending={formData?.get("id") === schedule.id && formData.get("intent") === intent}
      >
        {children}
        <span className="sr-only"> {schedule.title}</span>
      </Button>
    </Form>
  );
}
