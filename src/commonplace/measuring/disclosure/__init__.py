"""Between a figure and its reader: nothing told, or solved from all that is told, is about fewer than k people."""
