// Beast's function bodies, compiled once.
#include <boost/beast/src.hpp>
