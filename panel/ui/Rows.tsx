/**
 * Long lists: only the rows in sight are drawn, each as high as its text. A list is scrolled with the keys; a tree has one
 * active row moved with the arrows, Home and End, opened with → and Enter, closed with ←.
 */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';

export interface Row {
  key: string;
}

function useRows(rows: readonly Row[], height: number) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing is memoised here: the panel is built without React's compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]!.key,
    overscan: 12,
    // React 19 refuses a flush while it is drawing; the next frame is soon enough.
    useFlushSync: false,
  });
  return { scroller, virtual };
}

interface ListProps<Each extends Row> {
  rows: readonly Each[];
  label: string;
  /** Height of a one-line row, px; rows grow past it. */
  height: number;
  /** A row that names those below it. */
  isHeading?: (row: Each) => boolean;
  draw: (row: Each) => ReactNode;
  /** Key of the row to bring into sight whenever it becomes another one. */
  reveal?: string | null;
  /** Where it then stands: above, or wherever the least scrolling brings it. */
  revealAt?: 'start' | 'auto';
}

export function List<Each extends Row>(props: ListProps<Each>) {
  const { rows, label, height, isHeading, draw, reveal, revealAt = 'start' } = props;
  const { scroller, virtual } = useRows(rows, height);
  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (revealed.current === (reveal ?? null)) return;
    const index = rows.findIndex((row) => row.key === reveal);
    // Rows that hold it may still be in the making.
    if (index < 0 && reveal) return;
    revealed.current = reveal ?? null;
    if (index >= 0) virtual.scrollToIndex(index, { align: revealAt });
  }, [reveal, revealAt, rows, virtual]);
  return (
    <div className="rows" ref={scroller} role="list" aria-label={label} tabIndex={0}>
      <Sizer virtual={virtual}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className={isHeading?.(row) ? 'row row-heading' : 'row'}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {draw(row)}
            </div>
          );
        })}
      </Sizer>
    </div>
  );
}

/** Up and down go from row to row, as in a tree. */
export function toNeighbour(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const all = [...event.currentTarget.closest('.rows')!.querySelectorAll<HTMLElement>('.row-button')];
  all.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const next = all[all.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Sizer({
  virtual,
  children,
}: {
  virtual: Virtualizer<HTMLDivElement, Element>;
  children: ReactNode;
}) {
  return (
    <div className="rows-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
      {children}
    </div>
  );
}

export interface TreeRow extends Row {
  level: number;
  /** Absent for a row with nothing below it. */
  open?: boolean;
  position: number;
  size: number;
}

interface TreeProps<Each extends TreeRow> {
  rows: readonly Each[];
  label: string;
  height: number;
  /** Asked to open (true) or close a row, or several together. */
  onToggle: (rows: readonly Each[], open: boolean) => void;
  draw: (row: Each) => ReactNode;
}

export function Tree<Each extends TreeRow>({ rows, label, height, onToggle, draw }: TreeProps<Each>) {
  const { scroller, virtual } = useRows(rows, height);
  const id = useId();
  const [activeKey, setActive] = useState<string | null>(null);
  const found = rows.findIndex((row) => row.key === activeKey);
  const active = found < 0 ? 0 : found;

  const go = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setActive(rows[to]!.key);
    virtual.scrollToIndex(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[active];
    const move = row && event.target === event.currentTarget ? treeKey(event.key, rows, active) : null;
    if (!row || !move) return;
    event.preventDefault();
    if (move.to !== undefined) go(move.to);
    if (move.open !== undefined) onToggle([row], move.open);
    if (move.siblings) onToggle(siblingsOf(rows, active), true);
  };

  return (
    <div
      className="rows"
      ref={scroller}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={rows.length > 0 ? `${id}${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <Sizer virtual={virtual}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              key={item.key}
              id={`${id}${item.index}`}
              ref={virtual.measureElement}
              data-index={item.index}
              role="treeitem"
              aria-level={row.level}
              aria-setsize={row.size}
              aria-posinset={row.position}
              aria-expanded={row.open}
              aria-selected={item.index === active}
              className={item.index === active ? 'row row-tree row-active' : 'row row-tree'}
              style={{ transform: `translateY(${item.start}px)`, ...indent(row.level) }}
              onClick={() => {
                setActive(row.key);
                if (row.open !== undefined) onToggle([row], !row.open);
              }}
            >
              {draw(row)}
            </div>
          );
        })}
      </Sizer>
    </div>
  );
}

/** lists.css turns it into the space before a row: less where the panel is narrow. */
function indent(level: number): CSSProperties {
  return { '--level': level } as CSSProperties;
}

/** Where a key leads in a tree: to a row, or to opening or closing this one, or to opening all beside it. Null for a key that means nothing here. */
export function treeKey(
  key: string,
  rows: readonly TreeRow[],
  active: number,
): { to?: number; open?: boolean; siblings?: boolean } | null {
  const row = rows[active]!;
  const toggles = row.open === undefined ? {} : { open: !row.open };
  switch (key) {
    case 'ArrowDown':
      return { to: active + 1 };
    case 'ArrowUp':
      return { to: active - 1 };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'Enter':
    case ' ':
      return toggles;
    case '*':
      return { siblings: true };
    case 'ArrowRight':
      return row.open === false ? { open: true } : { to: row.open ? active + 1 : active };
    case 'ArrowLeft':
      return row.open ? { open: false } : { to: parentOf(rows, active) };
    default:
      return null;
  }
}

function parentOf(rows: readonly TreeRow[], active: number): number {
  for (let index = active - 1; index >= 0; index--)
    if (rows[index]!.level < rows[active]!.level) return index;
  return active;
}

/** Closed rows of one level under one parent. */
export function siblingsOf<Each extends TreeRow>(rows: readonly Each[], active: number): Each[] {
  const { level } = rows[active]!;
  let [from, to] = [active, active + 1];
  while (from > 0 && rows[from - 1]!.level >= level) from--;
  while (to < rows.length && rows[to]!.level >= level) to++;
  return rows.slice(from, to).filter((row) => row.level === level && row.open === false);
}
