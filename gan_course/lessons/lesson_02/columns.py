"""Place the nodes of a graph in columns so that edges run left to right and seldom cross."""

SWEEPS = 8  # how many times the heights are improved


def place(num_nodes, links):
    """Give every node a position and every edge a route.

    A node stands one column left of the nearest node that uses it. An edge that spans several
    columns gets a helper point in each column between, and bends there around the nodes. Within a
    column, nodes are sorted by the mean height of their neighbours, again and again, which takes
    out most crossings (the layered method of Sugiyama, Tagawa & Toda 1981).

    Args:
        num_nodes: Nodes are numbered from 0, sources before targets; the last is the output.
        links: (source, target) pairs; the same pair may come twice.

    Returns:
        A list of (x, y) per node, x the column from 0, rows 1 apart or more; and a list of routes,
        one per link: a tuple of (x, y) points from source to target.

    Example:
        >>> positions, routes = place(3, [(0, 2), (1, 2)])
        >>> positions
        [(0.0, 0.5), (0.0, -0.5), (1.0, 0.0)]

    Introduced in lesson 02.
    """
    steps_to_output = [0] * num_nodes
    for source, target in sorted(links, key=lambda link: -link[1]):
        steps_to_output[source] = max(steps_to_output[source], steps_to_output[target] + 1)
    depth = max(steps_to_output)
    column_of = {node: depth - steps for node, steps in enumerate(steps_to_output)}

    chains = []  # per link: source, helper points, target
    for k, (source, target) in enumerate(links):
        between = range(column_of[source] + 1, column_of[target])
        helpers = [("helper", k, column) for column in between]
        column_of.update({helper: helper[2] for helper in helpers})
        chains.append([source, *helpers, target])
    neighbours = {point: ([], []) for point in column_of}  # to the left, to the right
    for chain in chains:
        for left, right in zip(chain[:-1], chain[1:], strict=True):
            neighbours[left][1].append(right)
            neighbours[right][0].append(left)

    columns = [[p for p in column_of if column_of[p] == column] for column in range(depth + 1)]
    height = {}
    for points in columns:
        height.update(_spread(points, [-float(row) for row in range(len(points))]))
    for sweep in range(SWEEPS):
        to_the_right = sweep % 2 == 1  # first from the output back to the inputs
        for points in columns if to_the_right else reversed(columns):
            side = 0 if to_the_right else 1
            wanted = [_mean(height, neighbours[p][side], height[p]) for p in points]
            height.update(_spread(points, wanted))
    for points in columns:  # and once looking both ways
        wanted = [_mean(height, sum(neighbours[p], []), height[p]) for p in points]
        height.update(_spread(points, wanted))

    where = {point: (float(column_of[point]), height[point]) for point in column_of}
    routes = []
    for k, chain in enumerate(chains):
        twins = [j for j, link in enumerate(links) if link == links[k]]
        if len(twins) > 1 and len(chain) == 2:  # x * x: two edges, bent apart
            (x0, y0), (x1, y1) = where[chain[0]], where[chain[1]]
            bend = 0.6 * ((len(twins) - 1) / 2 - twins.index(k))
            routes.append(((x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 + bend), (x1, y1)))
        else:
            routes.append(tuple(where[point] for point in chain))
    return [where[node] for node in range(num_nodes)], routes


def _mean(height, points, otherwise):
    return sum(height[p] for p in points) / len(points) if points else otherwise


def _spread(points, wanted):
    """Place points near the wanted heights, at least 1 apart, around the same middle."""
    if not points:
        return {}
    ranked = sorted(range(len(points)), key=lambda i: -wanted[i])  # equal wishes keep their order
    placed = []
    for i in ranked:
        placed.append(min(wanted[i], placed[-1] - 1.0) if placed else wanted[i])
    shift = sum(wanted) / len(wanted) - sum(placed) / len(placed)
    return {points[i]: y + shift for i, y in zip(ranked, placed, strict=True)}
