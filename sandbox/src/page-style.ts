/** The look of every sandbox page: paper and ink, light and dark, phone first. */
export const STYLE = `
:root {
  --paper: #faf9f5; --surface: #fff; --ink: #16191d; --muted: #646b73; --line: #e8e5dc;
  --brand: #0b6b4f; --brand-soft: #e4f2ec; --on-brand: #fff;
  --coming: #b26a00; --coming-soft: #fff3dc; --refusal: #b3372c; --refusal-soft: #fbeae8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0e1113; --surface: #161a1d; --ink: #eceeef; --muted: #9ba3aa; --line: #262c31;
    --brand: #43cf9d; --brand-soft: #133026; --on-brand: #06281c;
    --coming: #f0b44c; --coming-soft: #33280f; --refusal: #f08a80; --refusal-soft: #351b18;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/21px system-ui, 'Segoe UI', Roboto, sans-serif; font-variant-numeric: tabular-nums;
}
header { border-bottom: 1px solid var(--line); background: var(--surface); }
nav { display: flex; flex-wrap: wrap; max-width: 960px; margin: 0 auto; padding: 4px 12px; }
nav a { padding: 10px 8px; color: var(--muted); text-decoration: none; border-radius: 8px; }
nav a[aria-current] { color: var(--ink); font-weight: 650; }
nav .language { margin-left: auto; }
main { max-width: 960px; margin: 0 auto; padding: 12px 16px 64px; }
h1 { font-size: 28px; line-height: 34px; letter-spacing: -0.02em; margin: 16px 0; }
h2 { font-size: 20px; line-height: 26px; margin: 28px 0 8px; }
p { margin: 8px 0; max-width: 66ch; }
a { color: var(--brand); }
.muted { color: var(--muted); }
.card {
  background: var(--surface); border: 1px solid var(--line); border-radius: 14px;
  padding: 16px; margin: 12px 0;
}
.cards { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); }
.cards .card { margin: 0; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.amount { font-weight: 650; white-space: nowrap; }
.chip {
  display: inline-block; border-radius: 99px; padding: 2px 10px; font-size: 13px;
  background: var(--brand-soft); color: var(--brand);
}
.chip.coming { background: var(--coming-soft); color: var(--coming); }
.chip.refusal { background: var(--refusal-soft); color: var(--refusal); }
button, .button {
  font: inherit; font-weight: 600; min-height: 44px; padding: 10px 18px; border-radius: 12px;
  border: 1px solid transparent; background: var(--brand); color: var(--on-brand);
  cursor: pointer; text-decoration: none; display: inline-flex; align-items: center;
}
button.quiet, .button.quiet {
  background: transparent; color: var(--ink); border-color: var(--line);
}
label { display: block; font-size: 13px; color: var(--muted); margin: 10px 0; }
input, select, textarea {
  font: inherit; width: 100%; min-height: 44px; padding: 8px 12px; margin-top: 4px;
  border-radius: 12px; border: 1px solid var(--muted); background: var(--paper); color: var(--ink);
}
input[type='checkbox'], input[type='radio'] { width: 20px; min-height: 20px; margin: 0 8px 0 0; }
:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); }
th { font-size: 13px; color: var(--muted); font-weight: 500; }
.scroll { overflow-x: auto; }
code, pre, .mono { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
pre { overflow-x: auto; }
`
