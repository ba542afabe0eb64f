import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "~/components/ui/forms/button";

type Fields = Record<string, string | number | readonly string[]>;
type Variant = "primary" | "secondary" | "quiet";

/** Each value as an input of its own; a list as several of one name. */
export function HiddenFields({ fields }: { fields: Fields }) {
  return Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === "object" ? value : [value]).map((each) => (
      <input key={`${name} ${each}`} type="hidden" name={name} value={each} />
    )),
  );
}

/** True while a form of this intent with this field is on its way. */
export function useIsPending(intent: string, field?: [name: string, value: string]): boolean {
  const { formData } = useNavigation();
  if (formData?.get("intent") !== intent) return false;
  return !field || formData.getAll(field[0]).includes(field[1]);
}

type ActionButtonProps = {
  intent: string;
  fields: Fields;
  variant?: Variant;
  /** To what it is done, for who does not see what stands around it. */
  about?: string;
  children: ReactNode;
};

/** An action that needs no further answer. Those that change the bucket lead to their plan. */
export function ActionButton({ intent, fields, variant = "secondary", about, children }: ActionButtonProps) {
  const [first] = Object.entries(fields);
  const isPending = useIsPending(intent, first && [first[0], String([first[1]].flat()[0])]);
  return (
    <Form method="post" preventScrollReset>
      <HiddenFields fields={fields} />
      <Button type="submit" name="intent" value={intent} variant={variant} pending={isPending}>
        <span>
          {children}
          {about && <span className="sr-only">: {about}</span>}
        </span>
      </Button>
    </Form>
  );
}
