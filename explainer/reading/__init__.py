"""From files to records: everything unknown is settled here, and comes out as records or as problems."""
