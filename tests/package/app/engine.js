// The engine alone, for a run of a bundler's output in Node.
import { render } from "apercu";

export const rendered = render("Text with *words*.\n\n```ruby\nend\n```\n");
