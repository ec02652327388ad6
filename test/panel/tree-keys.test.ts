/** The keys of a tree lead where a person used to trees expects. */
import { expect, it } from 'vitest';
import { siblingsOf, treeKey, type TreeRow } from '../../panel/ui/Rows.tsx';

const rows: TreeRow[] = [
  { key: 'a', level: 1, open: true, position: 1, size: 2 },
  { key: 'a/1', level: 2, position: 1, size: 2 },
  { key: 'a/2', level: 2, position: 2, size: 2 },
  { key: 'b', level: 1, open: false, position: 2, size: 2 },
];

it('up, down, Home and End go to rows', () => {
  expect(['ArrowDown', 'ArrowUp', 'Home', 'End'].map((key) => treeKey(key, rows, 1))).toEqual([
    { to: 2 },
    { to: 0 },
    { to: 0 },
    { to: 3 },
  ]);
});

it('right opens a closed row and else goes into it; on a leaf it stays', () => {
  expect(treeKey('ArrowRight', rows, 3)).toEqual({ open: true });
  expect(treeKey('ArrowRight', rows, 0)).toEqual({ to: 1 });
  expect(treeKey('ArrowRight', rows, 1)).toEqual({ to: 1 });
});

it('left closes an open row, and from inside goes to the row it stands under', () => {
  expect(treeKey('ArrowLeft', rows, 0)).toEqual({ open: false });
  expect(treeKey('ArrowLeft', rows, 2)).toEqual({ to: 0 });
  expect(treeKey('ArrowLeft', rows, 3)).toEqual({ to: 3 });
});

it('Enter and Space open and close; on a leaf they do nothing; other keys are left to the page', () => {
  expect(treeKey('Enter', rows, 0)).toEqual({ open: false });
  expect(treeKey(' ', rows, 3)).toEqual({ open: true });
  expect(treeKey('Enter', rows, 1)).toEqual({});
  expect(treeKey('x', rows, 0)).toBeNull();
});

it('* opens all that is closed beside a row, under the same parent', () => {
  expect(treeKey('*', rows, 1)).toEqual({ siblings: true });
  const deep: TreeRow[] = [
    { key: 'a', level: 1, open: true, position: 1, size: 2 },
    { key: 'a/1', level: 2, open: false, position: 1, size: 2 },
    { key: 'a/2', level: 2, open: true, position: 2, size: 2 },
    { key: 'a/2/x', level: 3, open: false, position: 1, size: 1 },
    { key: 'b', level: 1, open: true, position: 2, size: 2 },
    { key: 'b/1', level: 2, open: false, position: 1, size: 1 },
  ];
  const keysOf = (active: number) => siblingsOf(deep, active).map(({ key }) => key);
  expect([keysOf(2), keysOf(3), keysOf(5), keysOf(0)]).toEqual([['a/1'], ['a/2/x'], ['b/1'], []]);
});
