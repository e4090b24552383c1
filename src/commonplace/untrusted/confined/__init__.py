"""A process of its own for whoever reads what others made: `inside` confines it, `outside` asks it and ends it."""
