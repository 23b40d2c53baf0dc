"""Generated requests, answered by the server and by something simpler that must agree."""
