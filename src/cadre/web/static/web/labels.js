// Names beside the markers of a map, only where there is room; others show on hover and focus.

const SIDES = { right: [14, 0], left: [-14, 0], top: [0, -12], bottom: [0, 12] };

export function arrange(map, marks) {
  const frame = map.getContainer().getBoundingClientRect();
  const taken = marks.map((mark) => mark.element.getBoundingClientRect());
  for (const [place, { label }] of marks.entries()) {
    const others = taken.filter((box, number) => number !== place);
    const side = Object.keys(SIDES).find((each) => {
      const box = moved(label, each);
      return within(box, frame) && !others.some((other) => overlap(box, other));
    });
    if (side) {
      taken.push(label.getElement().getBoundingClientRect());
    } else {
      moved(label, "right");
    }
    label.getElement().toggleAttribute("data-crowded", !side);
  }
}

function moved(label, side) {
  label.options.direction = side;
  label.options.offset = SIDES[side];
  label.update();
  return label.getElement().getBoundingClientRect();
}

function within(box, frame) {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
