import { Form, useNavigate } from "@remix-run/react";
import { Search } from "lucide-react";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";

type SearchBoxProps = {
  /** “Search owners”: what it searches, for those who do not see the page around it. */
  label: string;
  /** What is searched of them. */
  placeholder: string;
  /** The address's name for what is searched. */
  param?: string;
  /** In characters. */
  longest?: number;
  text: string;
  /** What else the address says, and keeps. */
  kept: (readonly [name: string, value: string])[];
  /** The address without a search, where an empty box leads. */
  clearTo: string;
};

/** The search box of a list; the address keeps what is searched, as `text` unless told otherwise. */
export function SearchBox(props: SearchBoxProps) {
  const { label, placeholder, param = "text", longest = 200, text, kept, clearTo } = props;
  const navigate = useNavigate();
  return (
    <Form
      method="get"
      className="flex min-w-0 grow basis-72 gap-2 sm:max-w-md"
      onSubmit={(event) => {
        const typed = new FormData(event.currentTarget).get(param);
        if (typeof typed !== "string" || typed.trim() !== "") return;
        event.preventDefault();
        navigate(clearTo);
      }}
    >
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <input
        key={text}
        type="search"
        name={param}
        aria-label={label}
        placeholder={placeholder}
        defaultValue={text}
        maxLength={longest}
        autoComplete="off"
        className={`${rowControlClass} w-full min-w-0`}
      />
      <Button type="submit">
        <Search aria-hidden />
        Search
      </Button>
    </Form>
  );
}
