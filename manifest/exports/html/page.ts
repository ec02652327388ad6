/**
 * The page around a report: one file that needs nothing else, runs nothing and asks the network for nothing. Light and dark as the
 * reader's system is; always light on paper.
 */
import { escape, named } from './escape.ts';

/** No script, no font, no picture, no form: only what is written in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f7f8;--line:#dfe2e6;--text:#1d2126;--quiet:#59616b;--video:#5b86bd;--audio:#3f8f6f;--made:#9a7bb8;--off:#9aa1a9;--cut:#1d2126;--mark:#a06a00;--good:#136b45;--bad:#b3261e;--moved:#2f62a8;--changed:#8f5a00;--same:#c3c9d0}
@media(prefers-color-scheme:dark){:root{--ground:#1b1d20;--raised:#24272b;--line:#383c42;--text:#e6e8ea;--quiet:#a7aeb6;--video:#6f9fd8;--audio:#57b08c;--made:#b394d3;--off:#757c84;--cut:#f2f3f4;--mark:#e3b04b;--good:#5cc795;--bad:#ff8a80;--moved:#86b3f0;--changed:#e9a83f;--same:#51575e}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:13px/1.45 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1200px;margin:0 auto;padding:24px}
header{border-bottom:1px solid var(--line);margin-bottom:20px;padding-bottom:16px}
h1{font-size:20px;line-height:1.25;margin:0 0 2px;overflow-wrap:anywhere}
h2{font-size:14px;margin:28px 0 8px}
h3{font-size:13px;margin:18px 0 6px}
p{margin:0 0 8px;max-width:80ch}
.quiet{color:var(--quiet)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(118px,1fr));gap:10px 20px;margin:14px 0 0}
.facts dt{color:var(--quiet);font-size:12px}
.facts dd{margin:0}
ul{margin:0;padding-left:18px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;min-width:740px;table-layout:fixed;font-size:12px}
th,td{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
col.id{width:5.6em}col.time{width:7.4em}col.number{width:5.2em}col.short{width:6.6em}col.wide{width:12em}col.notes{width:7em}
th{color:var(--quiet);font-weight:400;border-bottom-color:var(--quiet);overflow-wrap:normal}
td:last-child,th:last-child{padding-right:0}
td.number,th.number{text-align:right;padding-right:18px}
tr.off td{color:var(--quiet)}
tr:target td{background:var(--raised)}
section{break-inside:auto}
.strip{display:grid;grid-template-columns:44px minmax(0,1fr)}
.strip svg{display:block;width:100%;overflow:visible}
.strip .lane{color:var(--quiet);font-size:12px;line-height:20px;height:20px}
text{fill:var(--quiet);font-size:11px}
.grid{stroke:var(--line)}
.video{fill:var(--video)}.audio{fill:var(--audio)}.made{fill:var(--made)}
.off{fill:none;stroke:var(--off);vector-effect:non-scaling-stroke}
.cut{fill:none;stroke:var(--cut);vector-effect:non-scaling-stroke}
.mark{fill:var(--mark)}
.flag{fill:none;stroke:var(--mark);stroke-width:2;vector-effect:non-scaling-stroke}
.edge{fill:none;stroke:var(--ground);vector-effect:non-scaling-stroke;shape-rendering:crispEdges;pointer-events:none}
@media(max-width:759px){.on-wide{display:none}}@media(max-width:479px){.on-mid{display:none}main{padding:16px}}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:10px 0 0 44px;padding:0;list-style:none;color:var(--quiet);font-size:12px}
.legend svg{display:inline-block;width:22px;height:12px;margin-right:6px;vertical-align:-1px}
a{color:inherit}
@media print{:root{color-scheme:light;--ground:#fff;--raised:#f6f7f8;--line:#cfd3d8;--text:#000;--quiet:#444;--video:#5b86bd;--audio:#3f8f6f;--made:#9a7bb8;--off:#777;--cut:#000;--mark:#a06a00;--good:#136b45;--bad:#b3261e;--moved:#2f62a8;--changed:#8f5a00;--same:#b5bcc4}
body{font-size:10pt}.scroll{overflow:visible}table{font-size:7.5pt;min-width:0}th,td{padding:2px 6px 2px 0}main{max-width:none;padding:0}h2,h3{break-after:avoid}tr,.strip,.legend,.facts,li{break-inside:avoid}td.number,th.number{padding-right:12px}p,li{orphans:3;widows:3}.strip{break-after:avoid}thead{display:table-header-group}svg,.legend svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@page{margin:14mm}
`;

export interface Page {
  title: string;
  /** Under the title; HTML. */
  under: string;
  facts: readonly [name: string, value: string][];
  /** HTML; every name in it escaped. */
  body: string;
  /** More rules of style. */
  style?: string;
}

/** The whole document. `title` and `facts` are plain text. */
export function page({ title, under, facts, body, style = '' }: Page): string {
  const list = facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${named(value)}</dd></div>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<main>
<header>
<h1>${named(title)}</h1>
<div class="quiet">${under}</div>
<dl class="facts">${list.join('')}</dl>
</header>
${body}
</main>
</body>
</html>
`;
}

/** A column: its heading, and what it holds, which says how wide it is; names and words share what is left. */
export interface Column {
  head: string;
  kind: 'id' | 'time' | 'number' | 'short' | 'wide' | 'notes' | 'words';
}

/** Rows are ready-made `<tr>…`; cells may leave out their end tags, as HTML lets them. */
export function table(columns: readonly Column[], rows: readonly string[]): string {
  const widths = columns.map(({ kind }) => `<col class="${kind}">`);
  const heads = columns.map(
    ({ head, kind }) => `<th scope="col"${kind === 'number' ? ' class="number"' : ''}>${escape(head)}</th>`,
  );
  return `<div class="scroll"><table><colgroup>${widths.join('')}</colgroup><thead><tr>${heads.join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}
