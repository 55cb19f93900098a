/*-------------------------------------------------------------------------
 *
 * categories.c
 *	  The categories of hours as a tree, made from the rows of ce_category.
 *
 * The shipped categories are always there, whatever the rows say: the code
 * knows them.  Rows add categories, and may put them and the shipped ones
 * below one another, as long as a shipped category keeps its subject.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "law/categories.h"

#include "compat.h"

#define NO_NODE (-1)

/* The parent that a shipped category has without any row. */
static int
shipped_parent(int node)
{
	if (node == CE_CATEGORY_PUBLIC || node == CE_NODE_PROFESSIONAL)
		return NO_NODE;
	/* Online courses of national bases count as online courses. */
	return node == CE_CATEGORY_NATIONAL_ONLINE ? CE_CATEGORY_ONLINE :
		CE_NODE_PROFESSIONAL;
}

static inline bool
is_shipped(int node)
{
	return node <= CE_CATEGORY_INNOVATION || node == CE_NODE_PROFESSIONAL;
}

int
ce_find_node(const CeCategoryTree *tree, const char *name, int len)
{
	for (int node = 0; node < CE_NODES; node++)
		if (tree->name[node] != NULL &&
			strncmp(tree->name[node], name, len) == 0 &&
			tree->name[node][len] == '\0')
			return node;
	return NO_NODE;
}

const char *
ce_category_label(const CeCategoryTree *tree, int node)
{
	return ce_label(&tree->label[node], tree->name[node]);
}

/* A row that neither names a shipped category nor has a lane is ignored. */
static int
node_of_row(const CeCategoryTree *tree, const CeCategoryRow *row)
{
	int			node = ce_find_node(tree, row->name, strlen(row->name));
	int			lane;

	if (node >= 0)
		return is_shipped(node) ? node : NO_NODE;
	if (row->lane == NULL)
		return NO_NODE;
	lane = ce_find_credit_category(row->lane, strlen(row->lane));
	return lane >= CE_CATEGORY_OWN && tree->name[lane] == NULL ? lane : NO_NODE;
}

/* The node at the top; NO_NODE: there is none, since parents form a circle. */
static int
root_of(const CeCategoryTree *tree, int node)
{
	for (int steps = 0; steps < CE_NODES; steps++)
	{
		if (tree->parent[node] == NO_NODE)
			return node;
		node = tree->parent[node];
	}
	return NO_NODE;
}

/* The number of nodes above. */
static int
depth_of(const CeCategoryTree *tree, int node)
{
	int			depth = 0;

	for (; tree->parent[node] != NO_NODE; node = tree->parent[node])
		depth++;
	return depth;
}

/* The trigger refuses circles; where it did not fire, they are cut. */
static void
find_roots(CeCategoryTree *tree)
{
	for (int node = 0; node < CE_NODES; node++)
	{
		int			root;

		if (tree->name[node] == NULL)
			continue;
		root = root_of(tree, node);
		if (is_shipped(node) &&
			root != (node == CE_CATEGORY_PUBLIC ? CE_CATEGORY_PUBLIC : CE_NODE_PROFESSIONAL))
		{
			tree->parent[node] = shipped_parent(node);
			root = root_of(tree, node);
		}
		if (root == NO_NODE)
			tree->parent[node] = NO_NODE;
	}
	for (int node = 0; node < CE_NODES; node++)
	{
		if (tree->name[node] == NULL)
			continue;
		tree->root[node] = root_of(tree, node);
		if (tree->root[node] == node && !is_shipped(node))
			tree->own_roots |= CE_NODE_BIT(node);
	}
}

void
ce_build_tree(const CeCategoryRow *rows, int nrows, CeCategoryTree *tree)
{
	memset(tree, 0, sizeof(*tree));
	for (int node = 0; node < CE_NODES; node++)
	{
		tree->parent[node] = NO_NODE;
		if (is_shipped(node))
		{
			tree->name[node] = node == CE_NODE_PROFESSIONAL ? "professional" :
				ce_category_name(node);
			tree->parent[node] = shipped_parent(node);
		}
	}
	for (int i = 0; i < nrows; i++)
	{
		int			node = node_of_row(tree, &rows[i]);

		if (node == NO_NODE)
			continue;
		tree->name[node] = rows[i].name;
		tree->label[node] = rows[i].label;
	}
	for (int i = 0; i < nrows; i++)
	{
		int			node = ce_find_node(tree, rows[i].name, strlen(rows[i].name));

		if (node != NO_NODE && rows[i].parent != NULL)
			tree->parent[node] = ce_find_node(tree, rows[i].parent, strlen(rows[i].parent));
	}
	find_roots(tree);
	for (int depth = CE_NODES; depth >= 0; depth--)
		for (int node = 0; node < CE_NODES; node++)
			if (tree->name[node] != NULL && depth_of(tree, node) == depth)
			{
				tree->place[node] = tree->norder;
				tree->order[tree->norder++] = node;
			}
}

bool
ce_carry_source(const char *name, CeSubject subject, const CeCategoryTree *tree,
				CeCarrySource *source, int *node)
{
	int			root = subject == CE_SUBJECT_PUBLIC ? CE_CATEGORY_PUBLIC : CE_NODE_PROFESSIONAL;

	*node = -1;
	*source = CE_SOURCE_ANY;
	if (strcmp(name, "any") == 0)
		return true;
	*source = CE_SOURCE_ACADEMY;
	if (strcmp(name, "academy") == 0)
		return subject == CE_SUBJECT_PUBLIC;
	*source = CE_SOURCE_NATIONAL_BASE;
	if (strcmp(name, "national_base") == 0)
		return subject == CE_SUBJECT_PROFESSIONAL;
	*source = CE_SOURCE_CATEGORY;
	*node = ce_find_node(tree, name, strlen(name));
	return *node >= 0 && tree->root[*node] == root;
}
