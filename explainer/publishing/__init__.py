"""From made pages to a live site: the policy of each, what it carries from the last one, the audit, and the swap."""
